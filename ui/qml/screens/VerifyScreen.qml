pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// Is this receipt genuine? In plain words, with what the code proves and what it does not.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property VerifyController verify: kiosk.verify
    readonly property bool genuine: verify.outcome === "genuine"

    title: qsTr("查一张回执是不是真的")
    subtitle: qsTr("有没有网络都能查，哪台机器打的都能查。")
    busy: kiosk.visit.busy
    onBack: kiosk.visit.go("back")
    primaryText: verify.scanning ? qsTr("正在看") : verify.outcome === "" ? qsTr("放好了，看一看") : qsTr("再查一张")
    primaryIcon: "scan"
    primaryEnabled: !verify.scanning
    onPrimary: verify.scan()

    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
    GsCard {
        visible: screen.verify.outcome === ""
        Layout.fillWidth: true
        raised: true
        spacing: GsTheme.gapLarge
        padding: GsTheme.px(GsTheme.compact ? 28 : 40)

        RowLayout {
            Layout.fillWidth: true
            spacing: GsTheme.gapLarge
            GsIcon {
                Layout.alignment: Qt.AlignTop
                name: "qrcode"
                colour: GsTheme.colour.accentInk
                size: GsTheme.px(96 * GsTheme.titles)
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: GsTheme.gapSmall
                GsText {
                    Layout.fillWidth: true
                    text: qsTr("回执上有一个方格码")
                    role: "lead"
                    strong: true
                }
                GsText {
                    Layout.fillWidth: true
                    text: qsTr("把方格码对着扫码口照一下。没有扫码口，就把回执有字的一面朝下放进扫描仪，再点下面的“放好了，看一看”。")
                }
                GsText {
                    Layout.fillWidth: true
                    text: qsTr("只看方格码，这张纸不会存在机器里。")
                    role: "small"
                    soft: true
                }
            }
        }
    }
    GsBanner {
        objectName: "verdict"
        visible: screen.verify.outcome !== ""
        Layout.fillWidth: true
        mood: ({
                genuine: "good",
                not_genuine: "bad"
            })[screen.verify.outcome] ?? "warn"
        text: ({
                genuine: qsTr("是真的。这张回执是我们的机器打的。"),
                not_genuine: qsTr("不是真的。这个方格码不是机器打的原样，可能被改过。"),
                unknown_signer: qsTr("看不出真假。打这张回执的机器，这里不认识。"),
                no_receipt: qsTr("这个方格码不是回执上的。"),
                no_code: qsTr("没有看到方格码。")
            })[screen.verify.outcome] ?? ""
        action: ({
                genuine: qsTr("它证明下面写的这件事交来过，不证明已经受理，也不证明拿着它的人是谁。"),
                not_genuine: qsTr("请不要相信这张纸。可以打 %1，或者问问工作人员。").arg(GsWords.hotline),
                unknown_signer: qsTr("可能是别的县的机器打的。请打 %1 问一问。").arg(GsWords.hotline),
                no_receipt: qsTr("请找一找回执上的方格码，再照一下。"),
                no_code: qsTr("请把有方格码的一面朝下放平，再看一次。")
            })[screen.verify.outcome] ?? ""
    }
    GsCard {
        visible: screen.genuine
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsLine {
            Layout.fillWidth: true
            label: qsTr("编号")
            full: screen.verify.number
        }
        GsLine {
            Layout.fillWidth: true
            label: qsTr("办的事")
            full: screen.verify.itemName
        }
        GsLine {
            Layout.fillWidth: true
            label: qsTr("交上来的时间")
            full: GsWords.moment(screen.verify.takenAt)
        }
        GsLine {
            Layout.fillWidth: true
            label: qsTr("哪台机器收的")
            full: screen.verify.terminal
        }
        GsText {
            Layout.fillWidth: true
            text: qsTr("请和纸上印的比一比。有一样对不上，就打 %1。").arg(GsWords.hotline)
            role: "small"
            soft: true
        }
    }
}
