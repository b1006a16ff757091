import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// The number, and the receipt as a code to take along on a telephone.
GsCard {
    id: card

    required property FinishController finish

    raised: true
    padding: GsTheme.px(GsTheme.compact ? 24 : 32)
    spacing: GsTheme.gap

    GsText {
        Layout.fillWidth: true
        text: qsTr("您的编号")
        soft: true
    }
    GsText {
        objectName: "submissionNo"
        Layout.fillWidth: true
        text: card.finish.submissionNo
        font.pixelSize: GsTheme.px(GsTheme.elder ? 54 : 50)
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: GsTheme.px(30)
        font.bold: true
        wrapMode: Text.NoWrap
        color: GsTheme.colour.accentInk
        lineHeight: 1.1
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        spacing: GsTheme.gapLarge

        Rectangle {
            Layout.alignment: Qt.AlignTop
            implicitWidth: GsTheme.px(GsTheme.compact ? 200 : 250)
            implicitHeight: implicitWidth
            radius: GsTheme.px(10)
            color: "#ffffff"
            border.width: 1
            border.color: GsTheme.colour.line
            Image {
                anchors.fill: parent
                anchors.margins: GsTheme.px(6)
                fillMode: Image.PreserveAspectFit
                smooth: false
                cache: false
                source: card.finish.qr
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("回执二维码")
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: GsTheme.gap
            GsText {
                Layout.fillWidth: true
                text: qsTr("手机扫一扫，把回执带走。")
            }
            GsText {
                Layout.fillWidth: true
                text: qsTr("在任何一台这样的机器上刷身份证，都能查办到哪一步，单子丢了也不怕。")
                role: "small"
                soft: true
            }
        }
    }
}
