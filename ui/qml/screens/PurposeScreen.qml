pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"
import "../components"

// What the data is for, and consent to it, before any card is read.
GsCasePage {
    id: screen

    title: qsTr("先告诉您：我们要用哪些信息")
    subtitle: GsWords.both(kiosk.guide.name, kiosk.guide.nameEn, GsTheme.english)
    backText: qsTr("不同意，返回")
    primaryText: qsTr("同意，已有的帮我查")
    goBack: () => kiosk.visit.go("decline")
    onPrimary: kiosk.known.agree(true)
    backVisible: true
    extras: [
        GsButton {
            objectName: "agreeOnly"
            text: qsTr("同意，但不用查")
            enabled: !screen.busy
            onClicked: screen.kiosk.known.agree(false)
        }
    ]

    component GsPoint: RowLayout {
        id: point
        property string iconName
        property string heading
        property string told
        spacing: GsTheme.gapLarge
        Layout.fillWidth: true

        Rectangle {
            Layout.alignment: Qt.AlignTop
            implicitWidth: GsTheme.px(72 * GsTheme.titles)
            implicitHeight: implicitWidth
            radius: implicitWidth / 2
            color: GsTheme.colour.accentSoft
            GsIcon {
                anchors.centerIn: parent
                name: point.iconName
                colour: GsTheme.colour.accentInk
                size: GsTheme.px(40 * GsTheme.titles)
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: GsTheme.gapTiny
            GsText {
                Layout.fillWidth: true
                text: point.heading
                role: "lead"
                strong: true
            }
            GsText {
                Layout.fillWidth: true
                text: point.told
            }
        }
    }

    GsCard {
        Layout.fillWidth: true
        raised: true
        spacing: GsTheme.gapLarge
        padding: GsTheme.px(GsTheme.compact ? 28 : 40)

        GsPoint {
            iconName: "id"
            heading: qsTr("用哪些")
            told: qsTr("身份证上的姓名、号码、出生日期、住址，您在这里填的内容、交的材料和签名。")
        }
        GsPoint {
            objectName: "portraitPoint"
            visible: screen.kiosk.guide.portrait
            iconName: "user"
            heading: qsTr("身份证里的照片")
            told: screen.kiosk.guide.portraitChosen ? qsTr("您选“用身份证上的照片”时才用：和别的内容一起上锁，只交给办理部门，不在屏幕上显示，也不打印。") : qsTr("办这件事要用：和别的内容一起上锁，只交给办理部门，不在屏幕上显示，也不打印。")
        }
        GsPoint {
            iconName: "file-text"
            heading: qsTr("用来做什么")
            told: screen.kiosk.guide.purpose
        }
        GsPoint {
            iconName: "search"
            heading: qsTr("已经有的，不用您再交")
            told: qsTr("您以前填过、交过的，电子证照库和户籍等登记里有的，可以帮您查来直接用。只用在这一件事上，哪样不想用，随时换成自己的。")
        }
        GsPoint {
            iconName: "shield-lock"
            heading: qsTr("怎么保护")
            told: qsTr("提交以后，内容上锁，只有办理部门能打开。您离开后，这台机器上不留您的信息。")
        }
        GsPoint {
            iconName: "hand-finger"
            heading: qsTr("您说了算")
            told: qsTr("不同意就不读卡，也可以到窗口办。办的过程中随时可以点“结束”。")
        }
    }
}
