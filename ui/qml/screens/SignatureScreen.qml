import QtQuick
import Jinban
import "../theme"
import "../components"

// Sign by hand; who cannot write signs with a fingerprint on a sheet.
GsCasePage {
    id: screen

    readonly property SheetController sheet: kiosk.sheet
    readonly property string truth: qsTr("签名表示：填的内容是真的，材料是真的。")

    title: sheet.open ? qsTr("按手印代替签名") : qsTr("请签上您的名字")
    subtitle: sheet.open ? qsTr("需要一位见证人，同来的人或工作人员都可以。") : kiosk.finish.signerMasked === "" ? screen.truth : qsTr("%1，签名表示：填的内容是真的，材料是真的。").arg(kiosk.finish.signerMasked)
    plain: true
    primaryText: sheet.open ? qsTr("手印按好了，继续") : qsTr("签好了")
    primaryIcon: "check"
    primaryEnabled: sheet.open ? sheet.scanned && !sheet.scanning && sheet.found !== "other" : !pane.empty
    onPrimary: sheet.open ? sheet.sign() : kiosk.finish.sign(pane.width, pane.height, pane.strokes)
    goBack: () => sheet.open ? sheet.leave() : kiosk.visit.go("back")
    extras: [
        GsButton {
            objectName: "clearSignature"
            visible: !screen.sheet.open
            text: qsTr("重写")
            iconName: "eraser"
            enabled: !pane.empty
            onClicked: pane.clear()
        },
        GsButton {
            objectName: "signByFingerprint"
            visible: !screen.sheet.open
            text: qsTr("不会写字，按手印")
            iconName: "hand-finger"
            onClicked: screen.sheet.begin()
        },
        GsButton {
            objectName: "signByHand"
            visible: screen.sheet.open
            text: qsTr("还是手写")
            iconName: "writing-sign"
            onClicked: screen.sheet.leave()
        }
    ]

    GsSignature {
        id: pane
        objectName: "signaturePane"
        parent: screen.stage
        visible: !screen.sheet.open
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: GsTheme.gap
        height: Math.min(parent.height - GsTheme.gap - (problem.visible ? problem.height + GsTheme.gap : 0), width * 0.6)
    }
    GsSheet {
        parent: screen.stage
        visible: screen.sheet.open
        anchors.fill: parent
        sheet: screen.sheet
        visit: screen.kiosk.visit
    }
    GsProblem {
        id: problem
        parent: screen.stage
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.margin
        anchors.top: parent.top
        visit: screen.kiosk.visit
        shown: !screen.sheet.open && screen.kiosk.visit.problemCause !== ""
    }
}
